package trams.net;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A line: its stops in order, and how many minutes a tram needs from each to the next one. */
public final class Line {
    public final String name;
    private final List<Stop> stops = new ArrayList<>();
    private final List<Integer> minutes = new ArrayList<>();

    public Line(String name, Stop first) {
        this.name = name;
        stops.add(first);
    }

    /** Adds a stop at the end. */
    public void extend(int ride, Stop stop) {
        if (ride < 1) {
            throw new IllegalArgumentException("a ride takes a minute at least");
        }
        minutes.add(ride);
        stops.add(stop);
    }

    public List<Stop> stops() {
        return Collections.unmodifiableList(stops);
    }

    /** Minutes from the stop at an index to the next one. */
    public int ride(int index) {
        return minutes.get(index);
    }

    /** Minutes from the first stop to the one at an index. */
    public int fromStart(int index) {
        int sum = 0;
        for (int ride : minutes.subList(0, index)) {
            sum += ride;
        }
        return sum;
    }
}
