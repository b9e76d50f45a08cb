package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
)

func init() {
	// The parent-death signal belongs to the thread that asks for it, so asking and exec share one.
	runtime.LockOSThread()
}

// run replaces this process by `PROGRAM ARGUMENTS…`, after asking the kernel to kill it as soon as the
// process PARENT (the supervisor) is gone, however that one ended. Arguments: PARENT PROGRAM ARGUMENTS…
func run(arguments []string) error {
	if len(arguments) < 2 {
		return fmt.Errorf("usage: run PARENT-PID PROGRAM [ARGUMENTS…]")
	}
	parent, err := strconv.Atoi(arguments[0])
	if err != nil {
		return fmt.Errorf("parent's process id: %w", err)
	}
	program, err := exec.LookPath(arguments[1])
	if err != nil {
		return err
	}
	if err := dieWithParent(); err != nil {
		return err
	}
	// The parent may have died before the request: then nobody will ever send the signal.
	if os.Getppid() != parent {
		return fmt.Errorf("the supervisor %d has gone", parent)
	}
	return syscall.Exec(program, arguments[1:], os.Environ())
}
