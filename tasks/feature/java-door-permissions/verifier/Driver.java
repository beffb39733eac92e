import doors.Reader;
import doors.Rules;
import java.io.PrintStream;
import java.util.Arrays;

/** Prints who may open what; judges nothing. */
final class Driver {
    static final String NESTED = "group all @day @night; group day ana bo; group night cy @guards; group guards dee; ";

    /** Rules with "; " between the lines, then questions "person door hour" or "@group". */
    static void asked(PrintStream out, String file, String... questions) {
        Rules rules;
        try {
            rules = Reader.read(file.replace("; ", "\n"));
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
            return;
        }
        if (questions.length == 0) {
            out.println("read");
        }
        for (String question : questions) {
            String[] words = question.split(" ");
            if (words.length == 1) {
                try {
                    out.println(question + " " + rules.members(question.substring(1)));
                } catch (IllegalArgumentException wrong) {
                    out.println(wrong.getMessage());
                }
            } else {
                out.println(question + " " + rules.allows(words[0], words[1], Integer.parseInt(words[2])));
            }
        }
    }

    static void plain_rules(PrintStream out) {
        asked(out, "allow ana lab-2; allow bo lab-* 8-12; allow cy * 22-6", "ana lab-2 0", "ana lab-22 0", "bo lab-2 7", "bo lab-2 8", "bo lab-2 11", "bo lab-2 12", "bo lab- 9", "bo la 9", "cy gate 22", "cy gate 5", "cy gate 6", "dee gate 3");
        asked(out, "allow ana lab 5-5", "ana lab 5", "ana lab 4");
    }

    static void plain_groups(PrintStream out) {
        asked(out, "group g ana bo ana; group none; allow @g lab; allow @none gate; allow g cellar", "ana lab 1", "bo lab 1", "cy lab 1", "ana gate 1", "ana cellar 1", "g cellar 1", "@g", "@none", "@other");
    }

    static void old_mistakes(PrintStream out) {
        for (String file : new String[] {"hello", "group", "allow ana", "allow ana lab 1-2 x", "allow ana lab 3", "allow ana lab 24-3", "allow ana lab 3-25", "allow ana lab a-3", "allow ana lab 1-2-3", "group g; group g", "allow ana lab # 1; # only this; group"}) {
            asked(out, file);
        }
    }

    static void open_doors(PrintStream out) {
        Rules rules = Reader.read("group g ana\nallow @g lab-*\ndeny ana lab-2\nallow ana gate 8-9");
        out.println(rules.open("ana", Arrays.asList("lab-3", "gate", "lab-2", "lab-1"), 8));
        out.println(rules.open("ana", Arrays.asList("gate"), 9));
    }

    static void all_people_of_nested_groups(PrintStream out) {
        asked(out, NESTED + "allow @all lab; allow @night gate", "ana lab 1", "cy lab 1", "dee lab 1", "dee gate 1", "cy gate 1", "bo gate 1", "@all", "@night", "@guards");
    }

    static void groups_further_down(PrintStream out) {
        asked(out, "allow @later lab; group later @last; group last ana", "ana lab 1", "bo lab 1", "@later");
    }

    static void a_group_over_two_ways(PrintStream out) {
        asked(out, "group a @b @c; group b @d; group c @d; group d ana; allow @a lab", "ana lab 1", "@a");
    }

    static void empty_groups_in_groups(PrintStream out) {
        asked(out, "group a @b; group b; allow @a lab", "ana lab 1", "@a");
    }

    static void long_chains(PrintStream out) {
        StringBuilder file = new StringBuilder();
        for (int at = 0; at < 400; at++) {
            file.append("group g").append(at).append(" @g").append(at + 1).append("; ");
        }
        asked(out, file + "group g400 ana; allow @g0 lab", "ana lab 1", "bo lab 1");
    }

    static void groups_that_contain_themselves(PrintStream out) {
        asked(out, "group a @a");
        asked(out, "group x ana; group a @x @b; group b @c; group c @a bo");
        asked(out, "group x @a; group a @b; group b @a");
        asked(out, "group x ana; group y @x; group z @x @y");
    }

    static void groups_that_nobody_described(PrintStream out) {
        asked(out, "group a @b ana");
        asked(out, "group a ana; allow @b lab");
        asked(out, "group a ana; deny @b lab");
        asked(out, "group a @z @b; group c @y");
        asked(out, "group a ana; allow a lab; deny b lab");
    }

    static void groups_without_a_name(PrintStream out) {
        asked(out, "group a ana @");
        asked(out, "allow @ lab");
        asked(out, "deny @ lab");
    }

    static void which_mistake_counts(PrintStream out) {
        asked(out, "allow @z lab; hello");
        asked(out, "group a @a; group b @z");
        asked(out, "group b @z; group a @a");
        asked(out, "group a @a @z");
        asked(out, "group a @a; group a bo");
        asked(out, "group a @b; group b @a; allow @z lab");
        asked(out, "group a bo; allow @z lab; group b @b");
    }

    static void denied_people(PrintStream out) {
        asked(out, "group g ana bo; allow @g lab-*; deny bo lab-*", "ana lab-1 1", "bo lab-1 1");
        asked(out, "deny bo lab-*; group g ana bo; allow @g lab-*", "ana lab-1 1", "bo lab-1 1");
        asked(out, "deny ana lab", "ana lab 1", "bo lab 1");
    }

    static void denied_groups_and_own_lines(PrintStream out) {
        asked(out, "group g ana bo; deny @g lab; allow bo lab", "ana lab 1", "bo lab 1");
        asked(out, "group g ana bo; group h bo; allow @g lab; deny @h lab", "ana lab 1", "bo lab 1");
        asked(out, "allow bo lab; deny bo lab; allow bo lab", "bo lab 1");
    }

    static void doors_named_exactly(PrintStream out) {
        asked(out, "group g ana; deny ana lab-*; allow @g lab-2", "ana lab-2 1", "ana lab-3 1");
        asked(out, "group g ana; allow ana *; deny @g lab-2", "ana lab-2 1", "ana lab-3 1");
    }

    static void doors_that_begin_alike(PrintStream out) {
        asked(out, "allow ana *; deny ana lab-*; allow ana lab-2*; deny ana lab-22*", "ana gate 1", "ana lab-1 1", "ana lab-2 1", "ana lab-21 1", "ana lab-22 1", "ana lab-225 1");
        asked(out, "deny ana lab-22*; allow ana lab-2*; deny ana lab-*; allow ana *", "ana gate 1", "ana lab-1 1", "ana lab-2 1", "ana lab-21 1", "ana lab-22 1", "ana lab-225 1");
        asked(out, "allow ana lab-22; deny ana lab-22*", "ana lab-22 1", "ana lab-221 1");
        asked(out, "group g ana; allow @g lab-2*; deny ana lab-*", "ana lab-2 1", "ana lab-3 1");
    }

    static void hours_of_exceptions(PrintStream out) {
        asked(out, "allow ana lab-*; deny ana lab-2 22-6", "ana lab-2 21", "ana lab-2 22", "ana lab-2 5", "ana lab-2 6", "ana lab-3 23");
        asked(out, "deny ana *; allow ana gate 8-10", "ana gate 7", "ana gate 8", "ana gate 9", "ana gate 10");
        asked(out, "deny ana lab 25-3");
        asked(out, "deny ana");
    }

    static void exceptions_for_groups_in_groups(PrintStream out) {
        asked(out, NESTED + "allow @all lab; deny @guards lab 0-6; allow dee lab 5-7", "dee lab 4", "dee lab 5", "cy lab 4", "dee lab 7");
    }
}
