import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Runs the tests of one class: methods marked @Test, by JUnit 4 or 5, with their set-up and
 * tear-down. @Disabled and @Ignore are not obeyed, since exercises mark so what is "not yet".
 * See cabexercism.told for what is printed.
 */
public final class CabUnit {
    public static void main(String[] args) throws Exception {
        String token = new BufferedReader(new InputStreamReader(System.in)).readLine();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        Class<?> tests = Class.forName(args[0]);
        String trouble = message(null, tests, "BeforeAll", "BeforeClass");
        for (Method test : marked(tests, "Test")) {
            String why = trouble == null ? once(tests, test) : trouble;
            out.println(token + " {\"test\": " + quoted(test.getName()) + ", \"ok\": " + (why == null)
                + ", \"why\": " + quoted(why == null ? "" : why) + "}");
        }
        message(null, tests, "AfterAll", "AfterClass");
        out.println(token + " end");
        Runtime.getRuntime().halt(0);
    }

    /** Runs one test in an object of its own; null when it passed. */
    private static String once(Class<?> tests, Method test) {
        try {
            var made = tests.getDeclaredConstructor();
            made.setAccessible(true);
            Object object = made.newInstance();
            String why = message(object, tests, "BeforeEach", "Before");
            if (why == null) {
                why = outcome(object, test);
            }
            String after = message(object, tests, "AfterEach", "After");
            return why == null ? after : why;
        } catch (InvocationTargetException wrapped) {
            return told(wrapped.getCause());
        } catch (ReflectiveOperationException error) {
            return told(error);
        }
    }

    private static String outcome(Object object, Method test) throws ReflectiveOperationException {
        Class<?> expected = expected(test);
        try {
            test.invoke(object);
            return expected == null ? null : "expected " + expected.getName();
        } catch (InvocationTargetException wrapped) {
            boolean meant = expected != null && expected.isInstance(wrapped.getCause());
            return meant ? null : told(wrapped.getCause());
        }
    }

    /** What JUnit 4's @Test(expected = ...) names; null where there is none. */
    private static Class<?> expected(Method test) throws ReflectiveOperationException {
        for (Annotation mark : test.getAnnotations()) {
            if (mark.annotationType().getName().equals("org.junit.Test")) {
                Class<?> kind = (Class<?>) mark.annotationType().getMethod("expected").invoke(mark);
                return Throwable.class.isAssignableFrom(kind) && !kind.getName().endsWith("$None")
                    ? kind : null;
            }
        }
        return null;
    }

    /** Runs the methods with one of these marks; what one of them threw, or null. */
    private static String message(Object object, Class<?> tests, String... names) {
        for (Method method : marked(tests, names)) {
            try {
                method.invoke(Modifier.isStatic(method.getModifiers()) ? null : object);
            } catch (InvocationTargetException wrapped) {
                return told(wrapped.getCause());
            } catch (ReflectiveOperationException error) {
                return told(error);
            }
        }
        return null;
    }

    private static List<Method> marked(Class<?> tests, String... names) {
        List<Method> found = new ArrayList<>();
        for (Method method : tests.getDeclaredMethods()) {
            for (Annotation mark : method.getAnnotations()) {
                if (Arrays.asList(names).contains(mark.annotationType().getSimpleName())) {
                    method.setAccessible(true);
                    found.add(method);
                }
            }
        }
        found.sort(Comparator.comparing(Method::getName));
        return found;
    }

    private static String told(Throwable error) {
        String message = error.getMessage() == null ? "" : ": " + error.getMessage();
        return error.getClass().getSimpleName() + message;
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
