package trams.net;

/** A stop, and the fare zone it lies in. */
public final class Stop {
    public final String name;
    public final int zone;

    public Stop(String name, int zone) {
        this.name = name;
        this.zone = zone;
    }
}
