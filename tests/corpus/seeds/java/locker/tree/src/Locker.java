/** One locker: a bag goes in when it fits and nothing else is in it. */
public final class Locker {
    private final Gate gate;
    private boolean used = false;

    public Locker(Gate gate) {
        this.gate = gate;
    }

    /** Counts those who are inside. */
    public static final class Gate {
        private int held = 0;

        void lock() {
            held += 1;
        }

        void unlock() {
            held -= 1;
        }

        public int held() {
            return held;
        }
    }

    /** The sum of the prices, each at most {@code limit}; negative ones are left out. */
    public static int total(int[] prices, int limit) {
        int result = 0;
        for (int price : prices) {
            if (price < 0) {
                continue;
            }
            result += Math.min(price, limit);
        }
        return result;
    }

    /** What a locker costs for some days; from the fifth day on one day is free. */
    public static int fee(String kind, int days) {
        if (days < 1) {
            return 0;
        }
        int base = 7;
        if (kind.equals("small")) {
            base = 2;
        } else if (kind.equals("medium")) {
            base = 3;
        }
        if (days >= 5) {
            return base * days - base;
        }
        return base * days;
    }

    /** Whether a bag is light and small enough. */
    public static boolean fits(int weight, int size) {
        return weight <= 20 && size <= 8;
    }

    static int room(int outer, int inner) {
        return outer - inner;
    }

    public boolean put(int weight, int size) {
        gate.lock();
        boolean good = fits(weight, size) && !used;
        if (good) {
            used = true;
        }
        gate.unlock();
        return good;
    }

    public int left(int weight, int size) {
        return room(weight, size);
    }
}
