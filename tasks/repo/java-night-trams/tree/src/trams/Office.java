package trams;

import java.util.List;
import trams.board.Board;
import trams.board.Ticket;
import trams.net.Line;
import trams.net.Net;
import trams.net.Stop;
import trams.plan.Timetable;
import trams.search.Search;
import trams.time.Clock;

/** Answers questions about a plan that was read from a file, see docs/plan.md. */
public final class Office {
    private final Net net = new Net();
    private final Timetable timetable = new Timetable();

    /** Reads a plan; the exception says in which line the trouble is. */
    public Office(String plan) {
        String[] lines = plan.split("\n");
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].trim();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                read(line.split(" +"));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("line " + (at + 1) + ": " + wrong.getMessage());
            }
        }
    }

    /** The ticket for the journey that arrives first, or "no journey". */
    public String ticket(String from, String to, String after) {
        return new Search(timetable)
                .earliest(net.stop(from), net.stop(to), Clock.parse(after))
                .map(Ticket::print)
                .orElse("no journey");
    }

    /** The board at a stop. */
    public List<String> board(String stop, String after, int most) {
        return Board.departures(timetable, net.stop(stop), Clock.parse(after), most);
    }

    private void read(String[] words) {
        if (words[0].equals("stop") && words.length == 3) {
            net.add(new Stop(words[1], number(words[2])));
        } else if (words[0].equals("line") && words.length >= 5 && words.length % 2 == 1) {
            Line line = new Line(words[1], net.stop(words[2]));
            for (int at = 3; at < words.length; at += 2) {
                line.extend(number(words[at]), net.stop(words[at + 1]));
            }
            net.add(line);
        } else if (words[0].equals("trip") && words.length == 3) {
            timetable.add(net.line(words[1]), Clock.parse(words[2]));
        } else if (words[0].equals("every") && words.length == 5) {
            Clock from = Clock.parse(words[3]);
            timetable.every(net.line(words[2]), number(words[1]), from, Clock.parse(words[4]));
        } else {
            throw new IllegalArgumentException("not understood: " + String.join(" ", words));
        }
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("no number: " + text);
        }
        return Integer.parseInt(text);
    }
}
