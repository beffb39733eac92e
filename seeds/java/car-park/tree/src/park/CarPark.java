package park;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A car park of several floors.
 *
 * <p>A car gets the smallest place that it fits into; of those of one size the lowest floor's, and
 * there the lowest number. Places that are reserved are for cards only; those with a card get them
 * first. Times are minutes and never run backwards.
 */
public final class CarPark {
    private final List<Place> places = new ArrayList<>();
    private final Set<String> cards = new HashSet<>();
    private final int reserved;
    private int now = 0;
    private int income = 0;

    /**
     * @param floors the sizes of each floor's places, such as "ssnl"
     * @param reserved how many places, from the first of floor 0 on, are for cards
     */
    public CarPark(List<String> floors, int reserved) {
        if (reserved < 0) {
            throw new IllegalArgumentException("reserved places are not negative");
        }
        for (int floor = 0; floor < floors.size(); floor++) {
            String sizes = floors.get(floor);
            for (int at = 0; at < sizes.length(); at++) {
                places.add(new Place(floor, at + 1, Size.of(sizes.charAt(at))));
            }
        }
        this.reserved = reserved;
    }

    /** Gives a card to a car. */
    public void addCard(String plate) {
        cards.add(plate);
    }

    /** Lets a car in and returns the name of its place, or null when there is none for it. */
    public String enter(String plate, Size size, int minute) {
        moveTo(minute);
        if (find(plate) != null) {
            throw new IllegalStateException(plate + " is in already");
        }
        Place place = null;
        if (cards.contains(plate)) {
            place = best(size, 0, Math.min(reserved, places.size()));
        }
        if (place == null) {
            place = best(size, reserved, places.size());
        }
        if (place == null) {
            return null;
        }
        place.plate = plate;
        place.since = minute;
        return place.name();
    }

    /** Lets a car out and returns what it has to pay. */
    public int leave(String plate, int minute) {
        moveTo(minute);
        Place place = find(plate);
        if (place == null) {
            throw new IllegalStateException(plate + " is not in");
        }
        int price = Tariff.price(minute - place.since);
        if (cards.contains(plate)) {
            price = Tariff.withCard(price);
        }
        place.plate = null;
        income += price;
        return price;
    }

    /** How many places a car of some size could take now, with a card or without. */
    public int free(Size size, boolean card) {
        int count = 0;
        for (int at = card ? 0 : reserved; at < places.size(); at++) {
            Place place = places.get(at);
            if (place.plate == null && size.fitsInto(place.size)) {
                count++;
            }
        }
        return count;
    }

    /** The plates of the cars that are in for more than some minutes, the longest first. */
    public List<String> longerThan(int minutes) {
        List<Place> found = new ArrayList<>();
        for (Place place : places) {
            if (place.plate != null && now - place.since > minutes) {
                found.add(place);
            }
        }
        found.sort((one, two) -> Integer.compare(one.since, two.since));
        List<String> plates = new ArrayList<>();
        for (Place place : found) {
            plates.add(place.plate);
        }
        return plates;
    }

    /** What was paid so far. */
    public int income() {
        return income;
    }

    /** A line for each floor: {@code #} for a car, the size's letter for a free place. */
    public String map() {
        StringBuilder text = new StringBuilder();
        int floor = 0;
        for (Place place : places) {
            if (place.floor > floor) {
                text.append('\n');
                floor = place.floor;
            }
            char letter = place.size.name().toLowerCase().charAt(0);
            text.append(place.plate == null ? letter : '#');
        }
        return text.toString();
    }

    private Place best(Size size, int from, int to) {
        Place best = null;
        for (int at = from; at < to; at++) {
            Place place = places.get(at);
            if (place.plate != null || !size.fitsInto(place.size)) {
                continue;
            }
            if (best == null || place.size.compareTo(best.size) < 0) {
                best = place;
            }
        }
        return best;
    }

    private Place find(String plate) {
        for (Place place : places) {
            if (plate.equals(place.plate)) {
                return place;
            }
        }
        return null;
    }

    private void moveTo(int minute) {
        if (minute < now) {
            throw new IllegalArgumentException("time does not run backwards");
        }
        now = minute;
    }
}
