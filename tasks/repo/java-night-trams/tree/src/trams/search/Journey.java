package trams.search;

import java.util.List;
import trams.time.Clock;

/** Legs one after the other. */
public final class Journey {
    public final List<Leg> legs;

    Journey(List<Leg> legs) {
        this.legs = List.copyOf(legs);
    }

    public Clock leaves() {
        return legs.get(0).from.time;
    }

    public Clock arrives() {
        return legs.get(legs.size() - 1).to.time;
    }
}
