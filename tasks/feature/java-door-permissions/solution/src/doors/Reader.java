package doors;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads the file of rules. */
public final class Reader {
    private Reader() {}

    /** The rules in a text; the exception says in which line the trouble is. */
    public static Rules read(String text) {
        Rules rules = new Rules();
        String[] lines = text.split("\n");
        eachLine(lines, words -> readLine(rules, words));
        eachLine(lines, words -> checkLine(rules, words));
        return rules;
    }

    private static void eachLine(String[] lines, Consumer<String[]> task) {
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].replaceFirst("#.*", "").trim();
            if (line.isEmpty()) {
                continue;
            }
            try {
                task.accept(line.split("\\s+"));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("line " + (at + 1) + ": " + wrong.getMessage());
            }
        }
    }

    private static void checkLine(Rules rules, String[] words) {
        if (!words[0].equals("group")) {
            rules.checkKnown(words[1]);
            return;
        }
        for (String one : Arrays.asList(words).subList(2, words.length)) {
            rules.checkKnown(one);
        }
        rules.checkCircle(words[1]);
    }

    private static void readLine(Rules rules, String[] words) {
        switch (words[0]) {
            case "group":
                readGroup(rules, words);
                break;
            case "allow":
            case "deny":
                rules.addGrant(grant(words));
                break;
            default:
                throw new IllegalArgumentException("unknown word " + words[0]);
        }
    }

    private static void readGroup(Rules rules, String[] words) {
        if (words.length < 2) {
            throw new IllegalArgumentException("a group needs a name");
        }
        Set<String> people = new TreeSet<>();
        for (String one : Arrays.asList(words).subList(2, words.length)) {
            people.add(named(one));
        }
        rules.addGroup(words[1], people);
    }

    private static Grant grant(String[] words) {
        if (words.length != 3 && words.length != 4) {
            throw new IllegalArgumentException(words[0] + " needs a person or group, a door and hours");
        }
        boolean allowed = words[0].equals("allow");
        String who = named(words[1]);
        if (words.length == 3) {
            return new Grant(allowed, who, words[2], 0, 24);
        }
        String[] hours = words[3].split("-", -1);
        if (hours.length != 2) {
            throw new IllegalArgumentException("no hours: " + words[3]);
        }
        return new Grant(allowed, who, words[2], hour(hours[0], 23), hour(hours[1], 24));
    }

    private static String named(String who) {
        if (who.equals("@")) {
            throw new IllegalArgumentException("a group needs a name");
        }
        return who;
    }

    private static int hour(String text, int most) {
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("no hour: " + text);
        }
        return Integer.parseInt(text);
    }
}
