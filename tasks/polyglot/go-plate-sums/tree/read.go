package plates

import (
	"errors"
	"io"
)

// chunk is how much of a plate is read at once, in bytes.
const chunk = 4096

// read computes the sum of one plate. What it opened is closed again.
func read(shelf Shelf, name string) (sum Sum, err error) {
	plate, err := shelf.Open(name)
	if err != nil {
		return Sum{}, err
	}
	defer func() {
		if trouble := plate.Close(); trouble != nil && err == nil {
			sum, err = Sum{}, trouble
		}
	}()
	sum.Name = name
	buffer := make([]byte, chunk)
	for {
		count, trouble := plate.Read(buffer)
		for _, one := range buffer[:count] {
			sum.Sum = sum.Sum*31 + uint32(one)
		}
		sum.Size += count
		if errors.Is(trouble, io.EOF) {
			return sum, nil
		}
		if trouble != nil {
			return Sum{}, trouble
		}
	}
}
