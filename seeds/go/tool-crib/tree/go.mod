module example.com/crib

go 1.19
