"use client";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { Trend } from "#lib/api/activity-contract.ts";
import { bucketWords } from "./trend-words.ts";

const tick = { fill: "var(--muted)", fontSize: 12 };

/** Deployments and failures as stacked bars, failures on top. */
export default function TrendChart({ trend }: { trend: Trend }) {
  const data = trend.buckets.map((bucket) => ({ ...bucket, name: bucketWords(bucket.from, trend.step) }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={data}
        margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
        barCategoryGap="20%"
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="name"
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          minTickGap={24}
        />
        <YAxis allowDecimals={false} width={32} tick={tick} tickLine={false} axisLine={false} />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          contentStyle={{
            background: "var(--raised)",
            border: "1px solid var(--line-strong)",
            borderRadius: 5,
            padding: "6px 10px",
          }}
          labelStyle={{ color: "var(--muted)" }}
          itemStyle={{ color: "var(--ink)", padding: 0 }}
        />
        <Bar dataKey="deployments" name="deployments" stackId="all" fill="var(--ok-bar)" isAnimationActive={false} />
        <Bar dataKey="failures" name="failures" stackId="all" fill="var(--bad-bar)" isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}
