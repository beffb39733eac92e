import java.io.PrintStream;
import trams.Office;
import trams.net.Line;
import trams.net.Stop;
import trams.plan.Call;
import trams.plan.Timetable;
import trams.plan.Trip;
import trams.time.Clock;
import trams.time.Faces;

/** Prints tickets and boards; judges nothing. */
final class Driver {
    static final String NET =
            "stop A 1; stop B 1; stop C 2; stop D 3; line 1 A 10 B 10 C; line 2 C 20 D; line 3 D 50 A; ";

    static Office office(String plan) {
        return new Office(plan.replace("; ", "\n"));
    }

    static void ticket(PrintStream out, String plan, String... asked) {
        Office office = office(NET + plan);
        for (int at = 0; at < asked.length; at += 3) {
            out.println(String.join(" ", asked[at], asked[at + 1], asked[at + 2]));
            out.println(office.ticket(asked[at], asked[at + 1], asked[at + 2]));
        }
    }

    static void board(PrintStream out, String plan, String... asked) {
        Office office = office(NET + plan);
        for (int at = 0; at < asked.length; at += 2) {
            out.println(asked[at] + " " + asked[at + 1] + " " + office.board(asked[at], asked[at + 1], 4));
        }
    }

    static void plan(PrintStream out, String... plans) {
        for (String plan : plans) {
            try {
                office(NET + plan);
                out.println("read " + plan);
            } catch (IllegalArgumentException wrong) {
                out.println(wrong.getMessage());
            }
        }
    }

    static void a_day_in_the_town(PrintStream out) {
        ticket(out, "every 30 1 6:00 8:00; every 30 2 6:00 9:00", "A", "D", "6:00", "A", "C", "6:31", "B", "C", "6:10", "B", "D", "8:20", "D", "A", "6:00");
        board(out, "every 30 1 6:00 8:00; every 30 2 6:00 9:00", "B", "6:00", "C", "6:20", "D", "6:00", "B", "8:11");
    }

    static void arriving_after_midnight(PrintStream out) {
        ticket(out, "trip 1 23:45", "A", "C", "23:00", "A", "B", "23:00", "B", "C", "23:50");
    }

    static void arriving_at_midnight(PrintStream out) {
        ticket(out, "trip 1 23:40; trip 2 23:39", "A", "C", "23:00", "C", "D", "23:00", "A", "B", "23:00");
    }

    static void leaving_after_midnight(PrintStream out) {
        ticket(out, "trip 1 24:15; trip 2 25:00", "A", "C", "23:00", "A", "D", "24:10", "B", "D", "24:25", "A", "C", "24:16");
    }

    static void changing_after_midnight(PrintStream out) {
        ticket(out, "trip 1 23:50; trip 2 24:12; trip 2 24:13; trip 3 24:40", "A", "D", "23:00", "A", "C", "23:00", "B", "D", "23:55", "C", "A", "24:00");
    }

    static void nothing_in_the_morning_from_last_night(PrintStream out) {
        ticket(out, "trip 1 23:50; trip 1 5:00", "B", "C", "0:00", "B", "C", "5:11", "A", "C", "5:00");
        board(out, "trip 1 23:50; trip 1 5:00", "B", "0:00", "B", "5:30", "B", "24:00", "A", "0:00");
    }

    static void boards_around_midnight(PrintStream out) {
        board(out, "every 20 1 23:10 24:50", "A", "23:30", "B", "23:30", "B", "24:00", "C", "23:00", "B", "24:55");
    }

    static void fares_at_night(PrintStream out) {
        ticket(out, "trip 1 22:39; trip 1 22:40; trip 1 22:41; trip 2 23:30; trip 2 24:30", "A", "C", "22:39", "A", "C", "22:40", "A", "C", "22:41", "C", "D", "23:10", "C", "D", "24:00");
    }

    static void the_end_of_the_service_day(PrintStream out) {
        plan(out, "trip 1 27:40", "trip 1 27:41", "trip 3 27:10", "trip 3 27:11", "trip 1 28:00", "trip 1 28:01", "every 10 1 27:00 27:40", "every 10 1 27:00 28:00");
        ticket(out, "trip 1 27:40", "A", "C", "27:00");
    }

    static void long_lines_over_midnight(PrintStream out) {
        Line line = new Line("L", new Stop("s0", 0));
        for (int at = 1; at < 9; at++) {
            line.extend(40, new Stop("s" + at, at));
        }
        StringBuilder text = new StringBuilder();
        for (Call call : new Trip(line, Clock.parse("21:50")).calls()) {
            text.append(' ').append(call.time);
        }
        out.println(text.toString().trim() + " " + line.fromStart(8));
    }

    static void order_of_trips(PrintStream out) {
        Line line = new Line("L", new Stop("a", 0));
        line.extend(5, new Stop("b", 0));
        Timetable timetable = new Timetable();
        for (String start : new String[] {"24:05", "0:05", "23:58", "25:00", "1:00"}) {
            timetable.add(line, Clock.parse(start));
        }
        for (Trip trip : timetable.trips()) {
            out.println(trip.start() + " " + trip.calls().get(1).time);
        }
    }

    static void sums_of_times(PrintStream out) {
        for (String start : new String[] {"0:00", "12:00", "23:00", "23:59", "24:00", "26:30"}) {
            Clock time = Clock.parse(start);
            out.println(time + " " + time.plus(0) + " " + time.plus(1) + " " + time.plus(90) + " " + time.until(time.plus(75)));
        }
        out.println(Clock.parse("20:00").plus(480));
        Clock.parse("20:00").plus(481);
    }

    static void times_as_text(PrintStream out) {
        for (String text : new String[] {"0:00", "9:09", "09:10", "23:59", "24:00", "25:05", "28:00", "28:01", "7:60", "7:5", "x:00", "123:00", ":00", "-1:00"}) {
            try {
                Clock time = Clock.parse(text);
                out.println(text + " " + time + " " + Faces.face(time) + " " + time.minutes());
            } catch (IllegalArgumentException wrong) {
                out.println(wrong.getMessage());
            }
        }
    }

    static void mistakes_in_plans(PrintStream out) {
        plan(out, "stop A 2", "line 1 A 5 B", "line 9 A 5 X", "line 9 A 0 B", "trip 9 7:00", "trip 1 7", "every 0 1 7:00 8:00", "hello", "line 9 A 5", "stop X y");
    }
}
