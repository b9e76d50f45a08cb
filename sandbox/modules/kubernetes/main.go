// Command sandboxd is the sandbox's multi-call program: etcd, the Kubernetes control plane and
// kubectl in one binary, which runs the part that its own name (or its first argument) says.
// One binary, because the parts share nine tenths of their code.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"

	// Reports rest.Config and workqueue metrics, as the upstream commands do.
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
)

func main() {
	name := filepath.Base(os.Args[0])
	if run(name, os.Args) {
		return
	}
	if len(os.Args) > 1 && run(os.Args[1], os.Args[1:]) {
		return
	}
	fmt.Fprintf(os.Stderr, "%s: name one of etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kubectl\n", name)
	os.Exit(2)
}

// run runs the part called name with its arguments; false if there is no such part.
func run(name string, arguments []string) bool {
	switch name {
	case "etcd":
		etcdmain.Main(arguments)
	case "kube-apiserver":
		os.Args = arguments
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Args = arguments
		os.Exit(cli.Run(controllermanager.NewControllerManagerCommand()))
	case "kube-scheduler":
		os.Args = arguments
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	case "kubectl":
		os.Args = arguments
		if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
			util.CheckErr(err)
		}
	default:
		return false
	}
	return true
}
