module example.com/plates

go 1.19
