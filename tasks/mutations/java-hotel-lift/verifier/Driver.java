import java.io.PrintStream;
import lift.Heading;
import lift.Lift;

/** Prints what a lift does; judges nothing. */
final class Driver {
    /**
     * What happens, word by word: "s5" somebody inside wants to 5, "u3" somebody at 3 wants up, "d3"
     * down, "." one step, "!" as many as it takes.
     */
    static void day(PrintStream out, int lowest, int highest, String words) {
        Lift lift = new Lift(lowest, highest);
        for (String word : words.split(" ")) {
            try {
                if (word.equals(".")) {
                    out.println(lift.step());
                } else if (word.equals("!")) {
                    out.println(String.join(", ", lift.run(60)));
                    out.println("at " + lift.floor() + " " + lift.heading());
                } else if (word.charAt(0) == 's') {
                    lift.select(Integer.parseInt(word.substring(1)));
                } else {
                    Heading bound = word.charAt(0) == 'u' ? Heading.UP : Heading.DOWN;
                    lift.call(Integer.parseInt(word.substring(1)), bound);
                }
            } catch (IllegalArgumentException | IllegalStateException wrong) {
                out.println(wrong.getMessage());
            }
        }
    }

    static void nobody(PrintStream out) {
        day(out, 0, 5, ". !");
    }

    static void up_and_out(PrintStream out) {
        day(out, 0, 5, "s5 ! s0 !");
    }

    static void people_on_the_way_up(PrintStream out) {
        day(out, 0, 9, "s6 u2 d3 u6 d8 !");
    }

    static void people_on_the_way_down(PrintStream out) {
        day(out, 0, 9, "s9 ! s2 d7 u5 d2 !");
    }

    static void waiting_below_for_up(PrintStream out) {
        day(out, 0, 9, "s5 ! u2 ! s9 !");
    }

    static void waiting_in_the_hall(PrintStream out) {
        day(out, 0, 9, "s5 ! u0 !");
        day(out, -2, 4, "s3 ! u-2 !");
    }

    static void one_above_the_hall(PrintStream out) {
        day(out, 0, 9, "s3 ! u1 ! u1 !");
    }

    static void two_wait_below_for_up(PrintStream out) {
        day(out, 0, 9, "s6 ! u3 u1 !");
    }

    static void up_and_down_wait_together(PrintStream out) {
        day(out, 0, 9, "s6 ! u3 d3 !");
        day(out, 0, 9, "s6 ! u3 d3 s1 !");
        day(out, 0, 9, "u3 d3 s5 !");
        day(out, 0, 9, "u3 d3 !");
    }

    static void inside_and_waiting(PrintStream out) {
        day(out, 0, 9, "s6 ! s2 u2 !");
        day(out, 0, 9, "s6 ! s2 u4 !");
    }

    static void waiting_at_the_top(PrintStream out) {
        day(out, 0, 4, "d4 !");
        day(out, 0, 4, "s2 d4 u3 !");
    }

    static void called_while_it_moves(PrintStream out) {
        day(out, 0, 9, "s8 . . u1 u2 u3 . . d1 !");
        day(out, 0, 9, "s8 ! s0 . . u6 u5 . d8 !");
    }

    static void the_nearest_first(PrintStream out) {
        day(out, 0, 9, "s5 ! u3 d8 !");
        day(out, 0, 9, "s5 ! d2 u9 d9 !");
        day(out, 0, 9, "s5 ! u3 d7 !");
        day(out, 0, 9, "s5 ! d4 d7 !");
    }

    static void a_call_where_it_stands(PrintStream out) {
        day(out, 0, 9, "u0 ! s4 ! d4 u4 ! s4 !");
    }

    static void to_and_fro(PrintStream out) {
        day(out, 0, 6, "s3 ! d5 u1 d6 u4 d2 u0 !");
    }

    static void the_whole_house(PrintStream out) {
        day(out, 0, 4, "u0 u1 u2 u3 d1 d2 d3 d4 !");
        day(out, 0, 4, "s4 ! u0 u1 u2 u3 d1 d2 d3 d4 !");
    }

    static void what_is_refused(PrintStream out) {
        day(out, 0, 4, "s5 s-1 u5 u4 d0 d-1 !");
    }

    static void houses_of_one_floor(PrintStream out) {
        for (int[] row : new int[][] {{0, 0}, {3, 2}, {0, 1}}) {
            try {
                out.println(new Lift(row[0], row[1]).floor());
            } catch (IllegalArgumentException wrong) {
                out.println(wrong.getMessage());
            }
        }
    }
}
