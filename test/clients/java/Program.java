import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** kafka-clients against one broker: a line of JSON for each check. Arguments: titles of checks, none for all. */
public final class Program {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("member")) {
            GroupChecks.member(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
            return;
        }
        Map<String, Callable<Object>> checks = new LinkedHashMap<>();
        AdminChecks.addTo(checks);
        RecordChecks.addTo(checks);
        TransactionChecks.addTo(checks);
        GroupChecks.addTo(checks);
        List<String> titles = List.of(arguments);
        for (var check : checks.entrySet()) {
            if (titles.isEmpty() || titles.contains(check.getKey())) report(check.getKey(), check.getValue());
        }
        // Not waiting for threads of clients that a failed check has left.
        System.exit(0);
    }

    private static void report(String title, Callable<Object> check) {
        Map<String, Object> line = Support.result("check", title);
        try {
            line.put("result", check.call());
        } catch (Exception error) {
            StringWriter stack = new StringWriter();
            error.printStackTrace(new PrintWriter(stack));
            line.put("failure", stack.toString());
        }
        System.out.println(Support.json(line));
    }
}
