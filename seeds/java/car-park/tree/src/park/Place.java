package park;

/** One place of a floor: floors are counted from 0, places of a floor from 1. */
final class Place {
    final int floor;
    final int number;
    final Size size;
    String plate = null;
    int since = 0;

    Place(int floor, int number, Size size) {
        this.floor = floor;
        this.number = number;
        this.size = size;
    }

    String name() {
        return floor + "-" + (number < 10 ? "0" : "") + number;
    }
}
