// Package config reads config.yaml: what a newsroom watches, where its data lies and how politely it
// crawls. Everything wrong with a file is reported at once, each problem with file, line, column and what
// was expected. The package opens nothing but that one file and starts nothing.
//
// Start with Find and Load; Default holds the value of every key that a file leaves out.
package config
