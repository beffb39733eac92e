import club.Lockers;
import club.Ranking;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Prints what happens; judges nothing. */
final class Driver {
    /** A member's whole way, in and out again. */
    static void way(PrintStream out, int locker, int member) {
        Lockers lockers = new Lockers();
        out.println(member + " takes " + locker + " " + lockers.take(locker, member));
        out.println(lockers.take(locker, member) + " " + lockers.take(locker + 1, member));
        out.println(lockers.opens(locker, member) + " " + lockers.opens(locker, member + 1));
        out.println(lockers.lockerOf(member) + " " + lockers.lockerOf(member + 1));
        out.println(lockers.take(locker, member - 1) + " " + lockers.giveBack(locker, member - 1));
        out.println(lockers.giveBack(locker, member) + " " + lockers.giveBack(locker, member));
        out.println(lockers.members());
    }

    static void low_numbers(PrintStream out) {
        way(out, 1, 1);
        way(out, 126, 127);
    }

    static void new_cards(PrintStream out) {
        way(out, 5, 1204);
        way(out, 5, 129);
    }

    static void around_the_old_cards(PrintStream out) {
        way(out, 7, 128);
        way(out, 8, -128);
        way(out, 9, -129);
    }

    static void lockers_of_the_new_building(PrintStream out) {
        way(out, 1001, 12);
        way(out, 1001, 4000);
    }

    static void cards_of_guests(PrintStream out) {
        way(out, 2, Integer.MIN_VALUE + 1);
        way(out, 2, -500000);
    }

    static void exchange(PrintStream out, int first, int one, int second, int two) {
        Lockers lockers = new Lockers();
        lockers.take(first, one);
        lockers.take(second, two);
        out.println(lockers.exchange(one, one) + " " + lockers.exchange(two, two));
        out.println(lockers.exchange(one, two) + " " + lockers.lockerOf(one) + " " + lockers.lockerOf(two));
        out.println(lockers.opens(first, two) + " " + lockers.opens(first, one));
        out.println(lockers.exchange(one, 77777) + " " + lockers.exchange(77777, two));
    }

    static void exchanges(PrintStream out) {
        exchange(out, 1, 10, 2, 20);
    }

    static void exchanges_of_new_members(PrintStream out) {
        exchange(out, 1, 1000, 2, 2000);
    }

    static void exchanges_in_the_new_building(PrintStream out) {
        exchange(out, 1001, 10, 1002, 20);
        exchange(out, 1001, 3000, 1002, 4000);
    }

    static void lockers_taken_away(PrintStream out) {
        Lockers lockers = new Lockers();
        lockers.take(1, 10);
        lockers.take(2, 2000);
        lockers.take(3, 3000);
        lockers.take(4, 128);
        out.println(lockers.clear(List.of(3000, 10, 5, 3000, 128)) + " " + lockers.members());
    }

    static void ranking(PrintStream out, int... pairs) {
        Map<Integer, Integer> visits = new LinkedHashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            visits.put(pairs[at], pairs[at + 1]);
        }
        StringBuilder places = new StringBuilder();
        for (int member : new TreeSet<>(visits.keySet())) {
            places.append(' ').append(member).append(':').append(Ranking.place(visits, member));
        }
        out.println(Ranking.order(visits) + places.toString());
    }

    static void few_visits(PrintStream out) {
        ranking(out, 7, 2, 5, 9, 6, 2);
        ranking(out);
        ranking(out, 1, 0, 2, 127, 3, 127);
    }

    static void many_visits(PrintStream out) {
        ranking(out, 7, 500, 5, 500, 6, 501, 9, 128, 8, 128);
    }

    static void many_visits_of_new_members(PrintStream out) {
        ranking(out, 4000, 300, 3000, 300, 3500, 299, 1, 300);
    }

    static void numbers_far_apart(PrintStream out) {
        ranking(out, 2000000000, 5, -2000000000, 5, 0, 5);
        ranking(out, 12, 5, 2000000000, 5, -2000000000, 5, -7, 9);
        ranking(out, Integer.MIN_VALUE, 1, Integer.MAX_VALUE, 1, 1, 1, -1, 1);
    }

    static void place_without_visits(PrintStream out) {
        Ranking.place(Map.of(1, 1), 2);
    }
}
