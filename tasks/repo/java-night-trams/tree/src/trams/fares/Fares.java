package trams.fares;

import java.util.Set;
import java.util.TreeSet;
import trams.plan.Call;
import trams.search.Journey;
import trams.search.Leg;
import trams.time.Clock;

/** What a journey costs, in cents. */
public final class Fares {
    private static final int BASE = 120;
    private static final int ZONE = 70;
    private static final int NIGHT = 100;
    private static final Clock EVENING = Clock.of(23 * 60);

    private Fares() {}

    /**
     * 120 for any journey and 70 for each zone that is touched, where stops that are only passed
     * count. Journeys that arrive at 23:00 or later cost 100 more.
     */
    public static int of(Journey journey) {
        Set<Integer> zones = new TreeSet<>();
        for (Leg leg : journey.legs) {
            boolean on = false;
            for (Call call : leg.trip.calls()) {
                on |= call == leg.from;
                if (on) {
                    zones.add(call.stop.zone);
                }
                on &= call != leg.to;
            }
        }
        int fare = BASE + ZONE * zones.size();
        return journey.arrives().isBefore(EVENING) ? fare : fare + NIGHT;
    }
}
