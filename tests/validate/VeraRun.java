import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDF files, all in one Java machine. Each line of standard input is "FLAVOUR FILE" (ua1, 2a, 2u …). For each, one
 * line goes out: "PASS FLAVOUR FILE", or "FAIL FLAVOUR FILE" and then, indented, each broken rule with its first place.
 */
public final class VeraRun {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        boolean good = true;
        for (String line; (line = in.readLine()) != null;) {
            int space = line.indexOf(' ');
            StringBuilder faults = new StringBuilder();
            try {
                validate(PDFAFlavour.byFlavourId(line.substring(0, space)), new File(line.substring(space + 1)), faults);
            } catch (Exception | StackOverflowError error) {
                faults.append("  ").append(error).append('\n');
            }
            System.out.print((faults.length() == 0 ? "PASS " : "FAIL ") + line + "\n" + faults);
            System.out.flush();
            good &= faults.length() == 0;
        }
        System.exit(good ? 0 : 1);
    }

    private static void validate(PDFAFlavour flavour, File file, StringBuilder faults) throws Exception {
        if (flavour == null || flavour == PDFAFlavour.NO_FLAVOUR) throw new IllegalArgumentException("no such flavour");
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            Set<Object> said = new HashSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() != TestAssertion.Status.FAILED || !said.add(assertion.getRuleId())) continue;
                faults.append("  ").append(assertion.getRuleId().getClause()).append('-').append(assertion.getRuleId().getTestNumber())
                    .append(": ").append(assertion.getMessage().replaceAll("\\s+", " ")).append("\n    at ")
                    .append(assertion.getLocation().getContext()).append('\n');
            }
            if (!result.isCompliant() && faults.length() == 0) faults.append("  not compliant\n");
        }
    }
}
