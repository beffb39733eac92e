import java.util.List;
import java.util.Objects;
import lift.Heading;
import lift.Lift;

/** Prints a line for each test and ends with 1 where one failed. */
public final class LiftTest {
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
    /** A lift that stands still at a floor of a house with floors 0 to 9. */
    static Lift at(int floor) {
        Lift lift = new Lift(0, 9);
        if (floor > 0) {
            lift.select(floor);
            lift.run(20);
        }
        return lift;
    }

    public static void main(String[] args) {
        check("it_waits_when_nobody_needs_it", () -> same(List.of("waits"), at(0).run(5)));
        check("it_brings_people_up", () -> {
            Lift lift = at(0);
            lift.select(2);
            same(List.of("up to 1", "up to 2", "opens 2", "waits"), lift.run(9));
        });
        check("it_takes_people_along", () -> {
            Lift lift = at(0);
            lift.select(3);
            lift.call(1, Heading.UP);
            lift.call(2, Heading.DOWN);
            same(
                    List.of(
                            "up to 1", "opens 1", "up to 2", "up to 3", "opens 3", "down to 2",
                            "opens 2", "waits"),
                    lift.run(20));
        });
        check("it_comes_to_the_nearest", () -> {
            Lift lift = at(5);
            lift.call(9, Heading.DOWN);
            lift.call(4, Heading.DOWN);
            same("down to 4", lift.step());
        });
        check("it_turns_for_those_above", () -> {
            Lift lift = at(0);
            lift.call(2, Heading.DOWN);
            same(List.of("up to 1", "up to 2", "opens 2", "waits"), lift.run(9));
        });
        check("the_porter_in_the_evening", () -> {
            Lift lift = at(3);
            lift.call(1, Heading.UP);
            same(List.of("down to 2", "down to 1", "opens 1", "waits"), lift.run(9));
        });
        check("unknown_floors_are_refused", () -> {
            try {
                at(0).select(10);
            } catch (IllegalArgumentException right) {
                same("no floor 10", right.getMessage());
                return;
            }
            throw new AssertionError("taken");
        });
        System.exit(good ? 0 : 1);
    }
}
