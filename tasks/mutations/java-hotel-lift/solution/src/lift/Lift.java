package lift;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The control of one lift. In each step it opens its door, moves by one floor, or waits.
 *
 * <p>A lift goes on in its direction as long as somebody beyond its floor needs it, whether they
 * are inside or wait there, and for either direction; then it turns if it is needed on the other
 * side. It opens where somebody inside wants to get out, and where somebody waits who is bound for
 * its own direction. Who waits for the other direction is only let in where the lift is not needed
 * beyond that floor. A lift that stood still goes to the nearest one who needs it, of two at the
 * same distance to the upper.
 *
 * <p>When it opens, all who wait there and may get in do so at once.
 */
public final class Lift {
    private final int lowest;
    private final int highest;
    private final NavigableSet<Integer> inside = new TreeSet<>();
    private final NavigableSet<Integer> upward = new TreeSet<>();
    private final NavigableSet<Integer> downward = new TreeSet<>();
    private int floor;
    private Heading heading = Heading.NONE;

    /** A lift that stands still at its lowest floor. */
    public Lift(int lowest, int highest) {
        if (lowest >= highest) {
            throw new IllegalArgumentException("a lift has two floors at least");
        }
        this.lowest = lowest;
        this.highest = highest;
        this.floor = lowest;
    }

    public int floor() {
        return floor;
    }

    public Heading heading() {
        return heading;
    }

    /** Somebody inside wants to get out at a floor. */
    public void select(int wanted) {
        inside.add(checked(wanted));
    }

    /** Somebody waits at a floor to go up or down. */
    public void call(int from, Heading bound) {
        checked(from);
        if (bound == Heading.UP && from < highest) {
            upward.add(from);
        } else if (bound == Heading.DOWN && from > lowest) {
            downward.add(from);
        } else {
            throw new IllegalArgumentException("there is no way " + bound + " from " + from);
        }
    }

    /** The next step, in words: {@code opens 3}, {@code up to 4}, {@code down to 2}, {@code waits}. */
    public String step() {
        if (inside.isEmpty() && upward.isEmpty() && downward.isEmpty()) {
            heading = Heading.NONE;
            return "waits";
        }
        if (opensHere()) {
            letThrough();
            return "opens " + floor;
        }
        heading = next();
        if (heading == Heading.UP) {
            return "up to " + moved(floor + 1);
        }
        return "down to " + moved(floor - 1);
    }

    /** Steps until the lift waits, but no more than {@code most} of them. */
    public List<String> run(int most) {
        List<String> steps = new ArrayList<>();
        while (steps.size() < most) {
            String step = step();
            steps.add(step);
            if (step.equals("waits")) {
                break;
            }
        }
        return steps;
    }

    private boolean opensHere() {
        if (inside.contains(floor)) {
            return true;
        }
        return upward.contains(floor) && lets(Heading.UP)
                || downward.contains(floor) && lets(Heading.DOWN);
    }

    /** Whether those who are bound for a direction may get in here. */
    private boolean lets(Heading bound) {
        return heading == bound || heading == Heading.NONE || !neededBeyond(heading);
    }

    private void letThrough() {
        boolean up = lets(Heading.UP);
        boolean down = lets(Heading.DOWN);
        inside.remove(floor);
        if (up) {
            upward.remove(floor);
        }
        if (down) {
            downward.remove(floor);
        }
    }

    private Heading next() {
        if (heading == Heading.NONE) {
            return nearest() > floor ? Heading.UP : Heading.DOWN;
        }
        if (neededBeyond(heading)) {
            return heading;
        }
        return heading == Heading.UP ? Heading.DOWN : Heading.UP;
    }

    private boolean neededBeyond(Heading side) {
        return isBeyond(inside, side) || isBeyond(upward, side) || isBeyond(downward, side);
    }

    private boolean isBeyond(NavigableSet<Integer> floors, Heading side) {
        if (side == Heading.UP) {
            return !floors.tailSet(floor, false).isEmpty();
        }
        return !floors.headSet(floor, false).isEmpty();
    }

    private int nearest() {
        NavigableSet<Integer> all = new TreeSet<>(inside);
        all.addAll(upward);
        all.addAll(downward);
        Integer above = all.higher(floor);
        Integer below = all.lower(floor);
        if (above == null || below == null) {
            return above == null ? below : above;
        }
        return above - floor <= floor - below ? above : below;
    }

    private int moved(int to) {
        if (to < lowest || to > highest) {
            throw new IllegalStateException("the safety switch stops the lift");
        }
        floor = to;
        return to;
    }

    private int checked(int wanted) {
        if (wanted < lowest || wanted > highest) {
            throw new IllegalArgumentException("no floor " + wanted);
        }
        return wanted;
    }
}
