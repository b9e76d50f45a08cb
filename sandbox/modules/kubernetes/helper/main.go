// Command sandbox-helper holds the sandbox's small tools: run (starts a program that dies with the
// supervisor), pki (the cluster's keys and certificates) and registry (an OCI registry).
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("name one of run, pki, registry"))
	}
	var err error
	switch command, arguments := os.Args[1], os.Args[2:]; command {
	case "run":
		err = run(arguments)
	case "pki":
		err = pki(arguments)
	case "registry":
		err = serveRegistry(arguments)
	default:
		err = fmt.Errorf("no command %q: name one of run, pki, registry", command)
	}
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "sandbox-helper:", err)
	os.Exit(1)
}
