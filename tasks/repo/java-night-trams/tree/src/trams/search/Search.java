package trams.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trams.net.Stop;
import trams.plan.Call;
import trams.plan.Timetable;
import trams.plan.Trip;
import trams.time.Clock;

/** Finds journeys; docs/journeys.md says which. */
public final class Search {
    /** Minutes that are needed to change from one tram to another. */
    public static final int CHANGE = 3;

    private final Timetable timetable;

    public Search(Timetable timetable) {
        this.timetable = timetable;
    }

    /** The journey that arrives first, of those that leave at a time or later. */
    public Optional<Journey> earliest(Stop from, Stop to, Clock after) {
        Map<Stop, Journey> best = new HashMap<>();
        boolean better = from != to;
        while (better) {
            better = false;
            for (Trip trip : timetable.trips()) {
                better |= ride(trip, from, after, best);
            }
        }
        return Optional.ofNullable(best.get(to));
    }

    /** Takes a trip from the first call where one can get on; says whether that was any use. */
    private boolean ride(Trip trip, Stop origin, Clock after, Map<Stop, Journey> best) {
        boolean useful = false;
        Call boarded = null;
        List<Leg> before = List.of();
        for (Call call : trip.calls()) {
            if (boarded != null && isBetter(call, best.get(call.stop)) && call.stop != origin) {
                List<Leg> legs = new ArrayList<>(before);
                legs.add(new Leg(trip, boarded, call));
                best.put(call.stop, new Journey(legs));
                useful = true;
            }
            if (boarded == null && call.stop == origin && !call.time.isBefore(after)) {
                boarded = call;
            }
            Journey reached = best.get(call.stop);
            if (boarded == null && reached != null && canChange(reached, call)) {
                boarded = call;
                before = reached.legs;
            }
        }
        return useful;
    }

    private static boolean isBetter(Call call, Journey known) {
        return known == null || call.time.isBefore(known.arrives());
    }

    private static boolean canChange(Journey reached, Call call) {
        return reached.arrives().until(call.time) >= CHANGE;
    }
}
