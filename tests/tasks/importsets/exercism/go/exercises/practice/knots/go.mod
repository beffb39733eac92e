module knots

go 1.18
