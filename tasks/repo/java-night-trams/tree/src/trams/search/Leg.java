package trams.search;

import trams.plan.Call;
import trams.plan.Trip;

/** A ride on one tram, from one of its calls to a later one. */
public final class Leg {
    public final Trip trip;
    public final Call from;
    public final Call to;

    Leg(Trip trip, Call from, Call to) {
        this.trip = trip;
        this.from = from;
        this.to = to;
    }
}
