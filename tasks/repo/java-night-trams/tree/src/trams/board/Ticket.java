package trams.board;

import trams.fares.Fares;
import trams.search.Journey;
import trams.search.Leg;
import trams.time.Faces;

/** A journey as it is printed on a ticket. */
public final class Ticket {
    private Ticket() {}

    /** A line for each tram, and one with minutes and price. */
    public static String print(Journey journey) {
        StringBuilder text = new StringBuilder();
        for (Leg leg : journey.legs) {
            text.append(leg.trip.line.name)
                    .append(": ")
                    .append(leg.from.stop.name)
                    .append(' ')
                    .append(Faces.face(leg.from.time))
                    .append(" - ")
                    .append(leg.to.stop.name)
                    .append(' ')
                    .append(Faces.face(leg.to.time))
                    .append('\n');
        }
        int cents = Fares.of(journey);
        return text + "" + journey.leaves().until(journey.arrives()) + " minutes, " + cents + " cents";
    }
}
