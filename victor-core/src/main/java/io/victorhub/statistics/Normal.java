package io.victorhub.statistics;

/** The standard normal distribution. */
@SuppressWarnings("FloatingPointLiteralPrecision") // digits as in print
public final class Normal {

    private static final double[] NEAR_TOP = {
        3.3871328727963666080e0,
        1.3314166789178437745e+2,
        1.9715909503065514427e+3,
        1.3731693765509461125e+4,
        4.5921953931549871457e+4,
        6.7265770927008700853e+4,
        3.3430575583588128105e+4,
        2.5090809287301226727e+3
    };
    private static final double[] NEAR_BOTTOM = {
        1,
        4.2313330701600911252e+1,
        6.8718700749205790830e+2,
        5.3941960214247511077e+3,
        2.1213794301586595867e+4,
        3.9307895800092710610e+4,
        2.8729085735721942674e+4,
        5.2264952788528545610e+3
    };
    private static final double[] OUT_TOP = {
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4
    };
    private static final double[] OUT_BOTTOM = {
        1,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9
    };
    private static final double[] FAR_TOP = {
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7
    };
    private static final double[] FAR_BOTTOM = {
        1,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15
    };

    private Normal() {}

    /**
     * {@return the value below which the share {@code p} lies} Exact to about 15 digits.
     *
     * <p>Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
     * 37 (1988), routine PPND16.
     *
     * @param p above 0 and below 1
     * @throws IllegalArgumentException if {@code p} is not
     */
    public static double quantile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("p is " + p + "; it must be above 0 and below 1");
        }
        double q = p - .5;
        if (Math.abs(q) <= .425) {
            double r = .180625 - q * q;
            return q * polynomial(NEAR_TOP, r) / polynomial(NEAR_BOTTOM, r);
        }
        double r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
        double size = r <= 5
                ? polynomial(OUT_TOP, r - 1.6) / polynomial(OUT_BOTTOM, r - 1.6)
                : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5);
        return q < 0 ? -size : size;
    }

    /**
     * {@return how many standard errors an interval reaches to each side}
     *
     * @param confidence above 0 and below 1, such as .95
     * @throws IllegalArgumentException if it is not
     */
    public static double reach(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "confidence is " + confidence + "; it must be above 0 and below 1, such as 0.95");
        }
        return quantile((1 + confidence) / 2);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
