// Answers elk-api's messages by itself.
import "elkjs/lib/elk-worker.min.js";
