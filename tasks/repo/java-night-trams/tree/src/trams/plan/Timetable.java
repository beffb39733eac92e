package trams.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import trams.net.Line;
import trams.time.Clock;

/** All trips of one service day, in the order in which they start, then of their lines. */
public final class Timetable {
    private final List<Trip> trips = new ArrayList<>();

    /** Adds one trip. */
    public void add(Line line, Clock start) {
        trips.add(new Trip(line, start));
        trips.sort(Comparator.comparing(Trip::start).thenComparing(trip -> trip.line.name));
    }

    /** Adds trips from a time up to and including another one, so many minutes apart. */
    public void every(Line line, int minutes, Clock from, Clock to) {
        if (minutes < 1) {
            throw new IllegalArgumentException("trips are a minute apart at least");
        }
        for (int at = from.minutes(); at <= to.minutes(); at += minutes) {
            add(line, Clock.of(at));
        }
    }

    public List<Trip> trips() {
        return Collections.unmodifiableList(trips);
    }
}
