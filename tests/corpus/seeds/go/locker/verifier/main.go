package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	locker "example/locker/src"
)

func said(good bool) string {
	if good {
		return "yes"
	}
	return "no"
}

func main() {
	for _, name := range os.Args[1:] {
		fmt.Println("==", name)
		for _, part := range strings.Split(name, "_")[1:] {
			pair := append(strings.SplitN(part, "-", 2), "0")
			left, _ := strconv.Atoi(pair[0])
			right, _ := strconv.Atoi(pair[1])
			if strings.HasPrefix(name, "total") {
				fmt.Println(locker.Total([]int{4, -1, left, 6}, 5))
			} else if strings.HasPrefix(name, "fee") {
				fmt.Println(locker.Fee(pair[0], right))
			} else if strings.HasPrefix(name, "fits") {
				fmt.Println(said(locker.Fits(left, right)))
			} else {
				l := locker.Locker{}
				first := l.Put(left, right)
				second := l.Put(1, 1)
				fmt.Println(said(first), said(second), l.Gate.Held, l.Left(left, right))
			}
		}
		fmt.Println("== .")
	}
}
