package doors;

import java.util.Arrays;
import java.util.TreeSet;

/** Reads the file of rules. */
public final class Reader {
    private Reader() {}

    /** The rules in a text; the exception says in which line the trouble is. */
    public static Rules read(String text) {
        Rules rules = new Rules();
        String[] lines = text.split("\n");
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].replaceFirst("#.*", "").trim();
            if (line.isEmpty()) {
                continue;
            }
            try {
                readLine(rules, line.split("\\s+"));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("line " + (at + 1) + ": " + wrong.getMessage());
            }
        }
        return rules;
    }

    private static void readLine(Rules rules, String[] words) {
        switch (words[0]) {
            case "group":
                readGroup(rules, words);
                break;
            case "allow":
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
        rules.addGroup(words[1], new TreeSet<>(Arrays.asList(words).subList(2, words.length)));
    }

    private static Grant grant(String[] words) {
        if (words.length != 3 && words.length != 4) {
            throw new IllegalArgumentException(words[0] + " needs a person or group, a door and hours");
        }
        if (words.length == 3) {
            return new Grant(words[1], words[2], 0, 24);
        }
        String[] hours = words[3].split("-", -1);
        if (hours.length != 2) {
            throw new IllegalArgumentException("no hours: " + words[3]);
        }
        return new Grant(words[1], words[2], hour(hours[0], 23), hour(hours[1], 24));
    }

    private static int hour(String text, int most) {
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("no hour: " + text);
        }
        return Integer.parseInt(text);
    }
}
