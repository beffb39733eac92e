package trams.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import trams.net.Line;
import trams.net.Stop;
import trams.time.Clock;

/** One tram of a line, with all its calls. */
public final class Trip {
    public final Line line;
    private final List<Call> calls = new ArrayList<>();

    public Trip(Line line, Clock start) {
        this.line = line;
        Clock time = start;
        List<Stop> stops = line.stops();
        for (int at = 0; at < stops.size(); at++) {
            calls.add(new Call(stops.get(at), time));
            if (at < stops.size() - 1) {
                time = time.plus(line.ride(at));
            }
        }
    }

    public List<Call> calls() {
        return Collections.unmodifiableList(calls);
    }

    public Clock start() {
        return calls.get(0).time;
    }

    /** The index of a stop in the calls, or -1. */
    public int indexOf(Stop stop) {
        for (int at = 0; at < calls.size(); at++) {
            if (calls.get(at).stop == stop) {
                return at;
            }
        }
        return -1;
    }
}
