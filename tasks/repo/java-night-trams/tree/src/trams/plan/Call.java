package trams.plan;

import trams.net.Stop;
import trams.time.Clock;

/** One tram at one stop. It leaves as it comes. */
public final class Call {
    public final Stop stop;
    public final Clock time;

    public Call(Stop stop, Clock time) {
        this.stop = stop;
        this.time = time;
    }
}
