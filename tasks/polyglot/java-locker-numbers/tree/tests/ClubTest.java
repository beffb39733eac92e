import club.Lockers;
import club.Ranking;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prints a line for each test and ends with 1 where one failed. */
public final class ClubTest {
    interface Body {
        void run() throws Exception;
    }

    private static boolean good = true;

    static void check(String name, Body body) {
        try {
            body.run();
            System.out.println("ok " + name);
        } catch (Exception | AssertionError wrong) {
            good = false;
            System.out.println("not ok " + name + ": " + wrong);
        }
    }

    static void same(Object want, Object got) {
        if (!Objects.equals(want, got)) {
            throw new AssertionError("want " + want + ", got " + got);
        }
    }
    public static void main(String[] args) {
        check("a_locker_opens_for_its_member", () -> {
            Lockers lockers = new Lockers();
            same(true, lockers.take(3, 17));
            same(true, lockers.opens(3, 17));
            same(false, lockers.opens(3, 18));
            same(false, lockers.take(3, 18));
        });
        check("one_locker_for_each_member", () -> {
            Lockers lockers = new Lockers();
            same(true, lockers.take(3, 17));
            same(false, lockers.take(4, 17));
            same(true, lockers.take(3, 17));
            same(Integer.valueOf(3), lockers.lockerOf(17));
        });
        check("lockers_come_back", () -> {
            Lockers lockers = new Lockers();
            lockers.take(3, 17);
            same(false, lockers.giveBack(3, 18));
            same(true, lockers.giveBack(3, 17));
            same(List.of(), lockers.members());
        });
        check("lockers_are_exchanged", () -> {
            Lockers lockers = new Lockers();
            lockers.take(1, 10);
            lockers.take(2, 20);
            same(true, lockers.exchange(10, 20));
            same(List.of(20, 10), lockers.members());
            same(false, lockers.exchange(10, 10));
        });
        check("new_members_open_their_lockers", () -> {
            Lockers lockers = new Lockers();
            same(true, lockers.take(3, 1204));
            same(true, lockers.opens(3, 1204));
        });
        check("members_by_visits", () -> {
            Map<Integer, Integer> visits = Map.of(7, 2, 5, 9, 6, 2);
            same(List.of(5, 6, 7), Ranking.order(visits));
            same(2, Ranking.place(visits, 7));
        });
        System.exit(good ? 0 : 1);
    }
}
