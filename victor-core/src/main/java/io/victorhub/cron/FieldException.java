package io.victorhub.cron;

/** A part of a field that says nothing; {@link Cron} adds the expression that it stands in. */
final class FieldException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    FieldException(Field field, String part, String what) {
        super(field.words + " '" + part + "' " + what);
    }
}
