// Package checks is what both Go programs share: names of this run, patience, and a line of JSON for each check.
package checks

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

var (
	Bootstrap = strings.Split(os.Getenv("LAB_BOOTSTRAP"), ",")
	Lossy     = strings.Split(os.Getenv("LAB_LOSSY"), ",")
	Prefix    = os.Getenv("LAB_PREFIX")
)

const (
	Patience = 20 * time.Second
	Long     = 30 * time.Second
	Short    = 1500 * time.Millisecond
)

// Result is printed with its keys sorted.
type Result = map[string]any

// Check has a title and does its work; it panics when it cannot.
type Check struct {
	Title string
	Run   func() any
}

// Unsupported is what a check answers whose feature the client does not have.
type Unsupported string

func Name(check string) string { return Prefix + "." + check }

// Must turns an unexpected error into the failure of the check.
func Must(err error) {
	if err != nil {
		panic(err)
	}
}

func Value[T any](value T, err error) T {
	Must(err)
	return value
}

// Until tries until the condition holds.
func Until(what string, condition func() bool) {
	deadline := time.Now().Add(Patience)
	for !condition() {
		if time.Now().After(deadline) {
			panic("not within time: " + what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// RunAll runs the checks that the arguments name, all when they name none.
func RunAll(all []Check) {
	for _, check := range all {
		if len(os.Args) == 1 || slices.Contains(os.Args[1:], check.Title) {
			report(check)
		}
	}
}

func report(check Check) {
	line := map[string]any{"check": check.Title}
	defer func() {
		if failure := recover(); failure != nil {
			line["failure"] = fmt.Sprintf("%v\n%s", failure, debug.Stack())
		}
		Must(json.NewEncoder(os.Stdout).Encode(line))
	}()
	switch outcome := check.Run().(type) {
	case Unsupported:
		line["unsupported"] = outcome
	default:
		line["result"] = outcome
	}
}

// StartMember starts this program as a member that can be killed, and waits for its first word.
func StartMember(arguments ...string) (*exec.Cmd, string) {
	child := exec.Command(Value(os.Executable()), append([]string{"member"}, arguments...)...)
	output := Value(child.StdoutPipe())
	Must(child.Start())
	var word string
	Value(fmt.Fscanln(output, &word))
	return child, word
}

// Row is one record of the compression checks.
func Row(offset, milliseconds int64, key, value []byte, headers []string) []any {
	shown := "null"
	if value != nil {
		shown = strings.ReplaceAll(string(value), "x", "")
	}
	return []any{offset, milliseconds, string(key), shown, headers}
}

// Payload is the value of record `number`; one is null.
func Payload(number int) []byte {
	if number == 7 {
		return nil
	}
	return fmt.Appendf(nil, "value %d %s", number, strings.Repeat("x", 200))
}
