package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary stand for tallywire: in scripts, and where a test starts and kills the real program.
func TestMain(m *testing.M) {
	if os.Getenv("TALLYWIRE_TEST_MAIN") != "" {
		main()
		return
	}
	testscript.Main(m, map[string]func(){"tallywire": main})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true})
}
