import doors.Reader;
import doors.Rules;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Prints a line for each test and ends with 1 where one failed. */
public final class DoorsTest {
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
    static Rules rules(String... lines) {
        return Reader.read(String.join("\n", lines));
    }

    static void refused(String message, String... lines) {
        try {
            rules(lines);
        } catch (IllegalArgumentException right) {
            same(message, right.getMessage());
            return;
        }
        throw new AssertionError("read");
    }

    public static void main(String[] args) {
        check("people_and_doors", () -> {
            Rules rules = rules("allow ana lab-2", "allow bo lab-* 8-12");
            same(true, rules.allows("ana", "lab-2", 23));
            same(false, rules.allows("ana", "lab-3", 23));
            same(true, rules.allows("bo", "lab-3", 8));
            same(false, rules.allows("bo", "lab-3", 12));
        });
        check("hours_over_midnight", () -> {
            Rules rules = rules("allow ana gate 22-6");
            same(true, rules.allows("ana", "gate", 23));
            same(true, rules.allows("ana", "gate", 5));
            same(false, rules.allows("ana", "gate", 6));
        });
        check("groups", () -> {
            Rules rules = rules("group cleaners ana bo", "allow @cleaners lab");
            same(true, rules.allows("bo", "lab", 0));
            same(false, rules.allows("cy", "lab", 0));
            same(new TreeSet<>(List.of("ana", "bo")), rules.members("cleaners"));
        });
        check("mistakes", () -> {
            refused("line 2: unknown group staff", "", "allow @staff lab");
            refused("line 1: no hour: 25", "allow ana lab 25-3");
        });
        check("groups_in_groups", () -> {
            Rules rules = rules("group night cy", "group staff ana @night", "allow @staff lab");
            same(true, rules.allows("cy", "lab", 3));
            same(new TreeSet<>(List.of("ana", "cy")), rules.members("staff"));
        });
        check("what_is_denied", () -> {
            Rules rules = rules("group staff ana bo", "allow @staff lab-*", "deny bo lab-2 0-6");
            same(true, rules.allows("bo", "lab-2", 6));
            same(false, rules.allows("bo", "lab-2", 5));
            same(true, rules.allows("ana", "lab-2", 5));
        });
        System.exit(good ? 0 : 1);
    }
}
