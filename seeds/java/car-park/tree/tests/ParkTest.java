import java.util.List;
import java.util.Objects;
import park.CarPark;
import park.Size;
import park.Tariff;

/** Prints a line for each test and ends with 1 where one failed. */
public final class ParkTest {
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
        check("prices_of_a_day", () -> {
            same(0, Tariff.price(15));
            same(200, Tariff.price(16));
            same(350, Tariff.price(90));
            same(1400, Tariff.price(20 * 60));
        });
        check("prices_of_many_days", () -> {
            same(2950, Tariff.price(2 * 1440 + 30));
        });
        check("cards_make_it_cheaper", () -> same(310, Tariff.withCard(350)));
        check("the_smallest_place_that_fits", () -> {
            CarPark park = new CarPark(List.of("ln", "sn"), 0);
            same("0-02", park.enter("A", Size.NORMAL, 0));
            same("1-01", park.enter("B", Size.SMALL, 1));
            same("1-02", park.enter("C", Size.SMALL, 2));
            same("0-01", park.enter("D", Size.NORMAL, 3));
            same(null, park.enter("E", Size.SMALL, 4));
            same("##\n##", park.map());
        });
        check("in_and_out", () -> {
            CarPark park = new CarPark(List.of("n"), 0);
            park.enter("A", Size.SMALL, 10);
            same(350, park.leave("A", 100));
            same(350, park.income());
            same("n", park.map());
        });
        check("reserved_places", () -> {
            CarPark park = new CarPark(List.of("nn"), 1);
            park.addCard("A");
            same("0-02", park.enter("B", Size.NORMAL, 0));
            same(null, park.enter("C", Size.NORMAL, 1));
            same("0-01", park.enter("A", Size.NORMAL, 2));
        });
        check("free_places", () -> {
            CarPark park = new CarPark(List.of("snl"), 1);
            same(2, park.free(Size.NORMAL, true));
            same(3, park.free(Size.SMALL, true));
            same(2, park.free(Size.SMALL, false));
        });
        check("cars_that_stay_long", () -> {
            CarPark park = new CarPark(List.of("nnn"), 0);
            park.enter("A", Size.NORMAL, 0);
            park.enter("B", Size.NORMAL, 50);
            park.enter("C", Size.NORMAL, 100);
            same(List.of("A"), park.longerThan(50));
        });
        check("time_runs_forward", () -> {
            CarPark park = new CarPark(List.of("nnn"), 0);
            park.enter("A", Size.NORMAL, 10);
            try {
                park.leave("A", 9);
            } catch (IllegalArgumentException right) {
                return;
            }
            throw new AssertionError("it ran backwards");
        });
        System.exit(good ? 0 : 1);
    }
}
