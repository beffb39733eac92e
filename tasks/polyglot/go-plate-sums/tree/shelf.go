package plates

import "io"

// Shelf is where the scanned plates are: a disk, a robot with a tape drive, or memory.
type Shelf interface {
	// Open begins to read a plate. It may take a while, and may be called by several at a time.
	Open(name string) (io.ReadCloser, error)
}
