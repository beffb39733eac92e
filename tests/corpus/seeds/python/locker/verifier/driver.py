import sys

sys.path.insert(0, sys.argv[1])
from locker import Gate, Locker, fee, fits, total

for name in sys.argv[2:]:
    print("==", name)
    for part in name.split("_")[1:]:
        if name.startswith("total"):
            print(total([4, -1, int(part), 6], 5))
        elif name.startswith("fee"):
            kind, days = part.split("-")
            print(fee(kind, int(days)))
        elif name.startswith("fits"):
            weight, size = part.split("-")
            print("yes" if fits(int(weight), int(size)) else "no")
        else:
            gate = Gate()
            locker = Locker(gate)
            weight, size = map(int, part.split("-"))
            first = locker.put(weight, size)
            second = locker.put(1, 1)
            print(
                "yes" if first else "no",
                "yes" if second else "no",
                gate.held,
                locker.left(weight, size),
            )
    print("== .", flush=True)
