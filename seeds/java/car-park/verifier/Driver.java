import java.io.PrintStream;
import java.util.Arrays;
import park.CarPark;
import park.Size;
import park.Tariff;

/** Prints what happens at the barriers; judges nothing. */
final class Driver {
    static void prices(PrintStream out, int... stays) {
        for (int stay : stays) {
            out.println(stay + " " + Tariff.price(stay));
        }
    }

    /**
     * A day, word by word: "+An5" A of normal size comes in minute 5, "-A9" it leaves in minute 9,
     * "cA" it gets a card, "?" what is free for each size, "!30" who is in for more than 30 minutes,
     * "m" the map and the income.
     */
    static void day(PrintStream out, String floors, int reserved, String words) {
        CarPark park = new CarPark(Arrays.asList(floors.split("/", -1)), reserved);
        for (String word : words.split(" ")) {
            try {
                String rest = word.substring(1);
                switch (word.charAt(0)) {
                    case '+':
                        int minute = Integer.parseInt(word.substring(3));
                        out.println(word + " " + park.enter(word.substring(1, 2), Size.of(word.charAt(2)), minute));
                        break;
                    case '-':
                        out.println(word + " " + park.leave(word.substring(1, 2), Integer.parseInt(word.substring(2))));
                        break;
                    case 'c':
                        park.addCard(rest);
                        break;
                    case '?':
                        for (Size size : Size.values()) {
                            out.print(park.free(size, false) + "/" + park.free(size, true) + " ");
                        }
                        out.println();
                        break;
                    case '!':
                        out.println(word + " " + park.longerThan(Integer.parseInt(rest)));
                        break;
                    default:
                        out.println(park.map() + " " + park.income());
                }
            } catch (IllegalStateException | IllegalArgumentException wrong) {
                out.println(word + " " + wrong.getMessage());
            }
        }
    }

    static void short_stays(PrintStream out) {
        prices(out, 0, 1, 14, 15, 16, 59, 60, 61);
    }

    static void hours_that_have_begun(PrintStream out) {
        prices(out, 119, 120, 121, 180, 181, 300, 301);
    }

    static void no_day_costs_more(PrintStream out) {
        prices(out, 480, 481, 540, 541, 600, 1000, 1439, 1440);
    }

    static void the_second_day(PrintStream out) {
        prices(out, 1441, 1500, 1501, 1560, 1980, 1981, 2000, 2400, 2879, 2880, 2881);
    }

    static void many_days(PrintStream out) {
        prices(out, 4320, 4321, 14400, 14461);
    }

    static void stays_that_make_no_sense(PrintStream out) {
        prices(out, -1);
    }

    static void prices_with_a_card(PrintStream out) {
        for (int price : new int[] {0, 5, 10, 100, 109, 110, 200, 350, 500, 1400, 1999}) {
            out.println(price + " " + Tariff.withCard(price));
        }
    }

    static void sizes(PrintStream out) {
        for (Size car : Size.values()) {
            for (Size place : Size.values()) {
                out.print(car.fitsInto(place) + " ");
            }
        }
        out.println(Size.of('s') + " " + Size.of('n') + " " + Size.of('l'));
        Size.of('x');
    }

    static void small_cars_take_small_places(PrintStream out) {
        day(out, "lns/lns", 0, "+As0 +Bs1 +Cs2 +Ds3 +Es4 +Fs5 +Gs6 m");
    }

    static void large_cars_need_large_places(PrintStream out) {
        day(out, "lns/lns", 0, "+Al0 +Bl1 +Cl2 +Dn3 +En4 +Fn5 m");
    }

    static void lowest_floor_first(PrintStream out) {
        day(out, "/n/nn/n", 0, "+An0 +Bn0 +Cn0 -A1 +Dn1 +En1 +Fn1 m");
    }

    static void names_of_places(PrintStream out) {
        day(out, "nnnnnnnnnnn", 0, "+An0 +Bn0 +Cn0 +Dn0 +En0 +Fn0 +Gn0 +Hn0 +In0 +Jn0 +Kn0 +Ln0");
    }

    static void in_and_out_and_in(PrintStream out) {
        day(out, "nn", 0, "+An10 m -A25 m +An25 -A41 m +An41 -A41 m");
    }

    static void cars_that_are_in_or_not(PrintStream out) {
        day(out, "nn", 0, "-A1 +An2 +An3 -A3 -A4 +An4 m");
    }

    static void time_stands_still_or_runs(PrintStream out) {
        day(out, "nn", 0, "+An10 +Bn9 +Bn10 -A9 -A10 m");
    }

    static void a_refused_car_changes_nothing(PrintStream out) {
        day(out, "s", 0, "+An5 m +Bs5 +Cs6 ? m -B80 m");
    }

    static void cards_first(PrintStream out) {
        day(out, "nnn", 2, "cA cB cC +An0 +Bn0 +Cn0 +Dn0 -A30 +Dn30 m");
    }

    static void others_on_reserved_places(PrintStream out) {
        day(out, "nnn", 2, "+An0 +Bn0 ? cA -A80 ? m");
    }

    static void reserved_places_of_the_wrong_size(PrintStream out) {
        day(out, "sl/sn", 1, "cA cB +An0 +Bs0 +Cn0 +Dn0 +Es0 m");
    }

    static void cards_prefer_reserved_places(PrintStream out) {
        day(out, "ls", 1, "cA +As0 m");
    }

    static void everything_reserved(PrintStream out) {
        day(out, "nn", 5, "cA +Bn0 +An0 ? m");
        try {
            new CarPark(Arrays.asList("n"), -1);
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
        }
    }

    static void free_places_by_size(PrintStream out) {
        day(out, "ssn/nl", 1, "? +As0 ? +Bl0 ? cC +Cs0 ? -A1 ?");
    }

    static void long_stays(PrintStream out) {
        day(out, "nnnn", 0, "+An0 +Bn5 +Cn5 +Dn9 !0 !3 !4 !8 !9 -A20 !0 !11 !14 !15");
    }

    static void order_of_long_stays(PrintStream out) {
        day(out, "nnn", 0, "+An0 +Bn10 -A20 +Cn20 +Dn20 !-1 -B30 +En40 !-1 !5");
    }

    static void income_of_a_day(PrintStream out) {
        day(out, "nnn", 0, "cB +An0 +Bn0 +Cn0 -A61 m -B61 m -C75 m");
    }
}
