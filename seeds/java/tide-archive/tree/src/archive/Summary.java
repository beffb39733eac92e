package archive;

/** Count, lowest, highest and mean height of some readings. */
public final class Summary {
    private int count = 0;
    private int lowest = 0;
    private int highest = 0;
    private long sum = 0;

    /** Takes one more reading into account. */
    public void add(Reading reading) {
        if (count == 0 || reading.height < lowest) {
            lowest = reading.height;
        }
        if (count == 0 || reading.height > highest) {
            highest = reading.height;
        }
        sum += reading.height;
        count++;
    }

    public int count() {
        return count;
    }

    /** Highest minus lowest. */
    public int range() {
        return highest - lowest;
    }

    /** The mean, rounded to whole centimetres; halves go up. 0 without readings. */
    public int mean() {
        if (count == 0) {
            return 0;
        }
        return (int) Math.floorDiv(2 * sum + count, 2L * count);
    }

    /** {@code count=3 low=-2 high=9 mean=4}, or {@code count=0}. */
    public String line() {
        if (count == 0) {
            return "count=0";
        }
        return "count=" + count + " low=" + lowest + " high=" + highest + " mean=" + mean();
    }
}
