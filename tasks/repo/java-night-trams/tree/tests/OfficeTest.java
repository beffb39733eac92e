import java.util.List;
import java.util.Objects;
import trams.Office;
import trams.time.Clock;
import trams.time.Faces;

/** Prints a line for each test and ends with 1 where one failed. */
public final class OfficeTest {
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
        check("times_are_read_and_written", () -> {
            same(425, Clock.parse("7:05").minutes());
            same("7:05", Clock.parse("07:05").toString());
            same("24:10", Clock.parse("24:10").toString());
            same("0:10 (night)", Faces.face(Clock.parse("24:10")));
        });
        check("boards_by_day", () -> {
            Office office = new Office(Town.PLAN);
            same(
                    List.of("8:06 1 to Hill", "8:10 2 to Airfield", "8:21 1 to Hill"),
                    office.board("Market", "8:00", 3));
        });
        check("journeys_by_day", () -> {
            Office office = new Office(Town.PLAN);
            same(
                    "1: Harbour 8:00 - Market 8:06\n2: Market 8:10 - Airfield 8:30\n"
                            + "30 minutes, 260 cents",
                    office.ticket("Harbour", "Airfield", "7:50"));
        });
        check("evening_journeys_cost_more", () -> {
            Office office = new Office(Town.PLAN);
            same(
                    "2: Mill 22:30 - Market 22:40\n10 minutes, 260 cents",
                    office.ticket("Mill", "Market", "22:10"));
            same(
                    "2: Mill 23:00 - Market 23:10\n10 minutes, 360 cents",
                    office.ticket("Mill", "Market", "22:50"));
        });
        check("the_last_tram_to_the_airfield", () -> {
            Office office = new Office(Town.PLAN);
            same(
                    "N3: Harbour 23:40 - Airfield 0:19 (night)\n39 minutes, 360 cents",
                    office.ticket("Harbour", "Airfield", "23:35"));
        });
        check("the_board_at_the_market_at_night", () -> {
            Office office = new Office(Town.PLAN);
            same(
                    List.of("23:49 N3 to Airfield", "0:49 (night) N3 to Airfield"),
                    office.board("Market", "23:45", 5));
        });
        check("mistakes_in_a_plan", () -> {
            try {
                new Office("stop A 1\nline 1 A 5 B");
            } catch (IllegalArgumentException right) {
                same("line 2: unknown stop B", right.getMessage());
                return;
            }
            throw new AssertionError("read");
        });
        System.exit(good ? 0 : 1);
    }
}
