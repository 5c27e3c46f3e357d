import com.adobe.epubcheck.api.EpubCheck;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * Validates EPUB files, all in one Java machine. Each line of standard input is a file. For each, one line goes out: "PASS FILE",
 * or "FAIL FILE" and then, indented, every error and warning.
 */
public final class EpubRun {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        System.setOut(nowhere); // EPUBCheck has a summary to print as well
        System.setErr(nowhere);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        boolean good = true;
        for (String line; (line = in.readLine()) != null;) {
            StringWriter said = new StringWriter();
            boolean pass = false;
            try (PrintWriter writer = new PrintWriter(said)) {
                pass = new EpubCheck(new File(line), writer).doValidate() == 0; // 0: neither errors nor warnings
            } catch (Exception | StackOverflowError error) {
                said.append(error.toString());
            }
            out.println((pass ? "PASS " : "FAIL ") + line);
            if (!pass) said.toString().lines().filter(l -> !l.startsWith("INFO")).limit(40).forEach(l -> out.println("  " + l));
            out.flush();
            good &= pass;
        }
        System.exit(good ? 0 : 1);
    }
}
