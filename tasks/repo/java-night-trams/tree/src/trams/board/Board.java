package trams.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trams.net.Stop;
import trams.plan.Call;
import trams.plan.Timetable;
import trams.plan.Trip;
import trams.time.Clock;
import trams.time.Faces;

/** The board at a stop: the next trams that leave from there. */
public final class Board {
    private Board() {}

    /** Up to {@code most} lines, for trams that leave at a time or later; the last stop is none. */
    public static List<String> departures(Timetable timetable, Stop stop, Clock after, int most) {
        List<Departure> found = new ArrayList<>();
        for (Trip trip : timetable.trips()) {
            List<Call> calls = trip.calls();
            for (Call call : calls.subList(0, calls.size() - 1)) {
                if (call.stop == stop && !call.time.isBefore(after)) {
                    found.add(new Departure(trip, call));
                }
            }
        }
        found.sort(Comparator.comparing((Departure one) -> one.call.time).thenComparing(one -> one.trip.line.name));
        List<String> lines = new ArrayList<>();
        for (Departure one : found.subList(0, Math.min(most, found.size()))) {
            lines.add(one.text());
        }
        return lines;
    }

    private static final class Departure {
        private final Trip trip;
        private final Call call;

        Departure(Trip trip, Call call) {
            this.trip = trip;
            this.call = call;
        }

        String text() {
            List<Call> calls = trip.calls();
            String end = calls.get(calls.size() - 1).stop.name;
            return Faces.face(call.time) + " " + trip.line.name + " to " + end;
        }
    }
}
