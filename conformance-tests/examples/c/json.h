/*
 * One line of JSON, read in place: a tree of values that point into the line. Whatever is no JSON,
 * or not what is asked for, ends the program with one line that says so.
 */
#ifndef JSON_H
#define JSON_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum json_kind { JSON_OBJECT, JSON_ARRAY, JSON_TEXT, JSON_OTHER };

/* A value; the name is that of its field, empty in an array. Texts are as they stand, escaped. */
struct json {
    enum json_kind kind;
    const char *name, *text;
    size_t name_length, length;
    size_t child, next; /* indices of other values; 0 if there is none */
};

enum { JSON_DEEPEST = 32 };

static struct json *json_values;
static size_t json_count, json_room;
static const char *json_start, *json_at, *json_end;
static unsigned long json_line; /* the number of the line */

static _Noreturn void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "example-c: request %lu: ", json_line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static void json_skip_space(void) {
    while (json_at < json_end && (*json_at == ' ' || *json_at == '\t' || *json_at == '\r')) {
        json_at++;
    }
}

/* The next character that is no space, which is passed over if it is one of these. */
static char json_take(const char *wanted) {
    json_skip_space();
    if (json_at == json_end || *json_at == 0 || strchr(wanted, *json_at) == NULL) {
        die("no JSON: one of %s is missing after %ld characters", wanted,
            (long)(json_at - json_start));
    }
    return *json_at++;
}

/* Passes over a text whose opening quote has been taken; returns its length. */
static size_t json_text(void) {
    const char *start = json_at;
    for (; json_at < json_end && *json_at != '"'; json_at++) {
        if ((unsigned char)*json_at < ' ' || (*json_at == '\\' && ++json_at == json_end)) {
            die("no JSON: a text has a control character or does not end");
        }
    }
    json_take("\"");
    return (size_t)(json_at - 1 - start);
}

static size_t json_value(int depth);

/* Reads the rest of an object or array, whose opening bracket has been taken, into its value. */
static void json_children(size_t parent, char end, int depth) {
    size_t last = 0;
    json_skip_space();
    if (json_at < json_end && *json_at == end) {
        json_at++;
        return;
    }
    do {
        const char *name = "";
        size_t name_length = 0;
        if (end == '}') {
            json_take("\"");
            name = json_at;
            name_length = json_text();
            json_take(":");
        }
        size_t child = json_value(depth + 1);
        json_values[child].name = name;
        json_values[child].name_length = name_length;
        *(last ? &json_values[last].next : &json_values[parent].child) = child;
        last = child;
    } while (json_take(end == '}' ? ",}" : ",]") == ',');
}

static size_t json_value(int depth) {
    if (json_count == json_room) {
        json_room = json_room ? 2 * json_room : 256;
        json_values = realloc(json_values, json_room * sizeof *json_values);
        if (json_values == NULL) {
            die("no memory is left");
        }
    }
    size_t index = json_count++;
    json_skip_space();
    char first = json_at < json_end ? *json_at : 0;
    struct json value = {JSON_OTHER, "", json_at, 0, 0, 0, 0};
    if (depth > JSON_DEEPEST) {
        die("no JSON that is asked for has %d levels", depth);
    }
    if (first == '{' || first == '[') {
        value.kind = first == '{' ? JSON_OBJECT : JSON_ARRAY;
        json_values[index] = value;
        json_at++;
        json_children(index, first == '{' ? '}' : ']', depth);
        return index;
    }
    if (first == '"') {
        value.kind = JSON_TEXT;
        value.text = ++json_at;
        value.length = json_text();
    } else {
        while (json_at < json_end && *json_at && strchr("+-.0123456789Eaeflnrstu", *json_at)) {
            json_at++;
        }
        value.length = (size_t)(json_at - value.text);
        if (value.length == 0) {
            die("no JSON: a value is missing");
        }
    }
    json_values[index] = value;
    return index;
}

/* Reads a line, which holds one object. */
static const struct json *json_read(const char *line, size_t length) {
    json_start = json_at = line;
    json_end = line + length;
    json_count = 0;
    json_line++;
    size_t root = json_value(0);
    json_skip_space();
    if (json_at < json_end || json_values[root].kind != JSON_OBJECT) {
        die("a line is one JSON object");
    }
    return &json_values[root];
}

static int json_is(const struct json *value, const char *text) {
    return value->length == strlen(text) && memcmp(value->text, text, value->length) == 0;
}

/* The values in an object or array, one after the other; NULL at the end. */
static const struct json *json_first(const struct json *parent) {
    return parent && parent->child ? &json_values[parent->child] : NULL;
}

static const struct json *json_next(const struct json *value) {
    return value->next ? &json_values[value->next] : NULL;
}

/* A field of an object, or NULL if it is missing. */
static const struct json *json_find(const struct json *object, const char *name) {
    size_t length = strlen(name);
    const struct json *field = json_first(object);
    while (field && (field->name_length != length || memcmp(field->name, name, length) != 0)) {
        field = json_next(field);
    }
    return field;
}

static const struct json *json_field(const struct json *object, const char *name,
                                     enum json_kind kind) {
    const struct json *field = json_find(object, name);
    if (field == NULL || field->kind != kind) {
        static const char *const KINDS[] = {"an object", "an array", "a text", "a number or word"};
        die("field \"%s\" is %s, not %s", name, field ? "wrong" : "missing", KINDS[kind]);
    }
    return field;
}

/* A text of 0x and 1 to 16 hexadecimal digits. */
static uint64_t json_hex_value(const struct json *value) {
    static const char DIGITS[] = "00112233445566778899aAbBcCdDeEfF";
    uint64_t number = 0;
    int right = value->kind == JSON_TEXT && value->length > 2 && value->length <= 18 &&
                memcmp(value->text, "0x", 2) == 0;
    for (size_t i = 2; right && i < value->length; i++) {
        const char *digit = value->text[i] ? strchr(DIGITS, value->text[i]) : NULL;
        right = digit != NULL;
        number = number << 4 | (uint64_t)(right ? digit - DIGITS : 0) / 2;
    }
    if (!right) {
        die("\"%.*s\": %.*s is not 0x and 1 to 16 digits", (int)value->name_length, value->name,
            (int)value->length, value->text);
    }
    return number;
}

static uint64_t json_hex(const struct json *object, const char *name) {
    return json_hex_value(json_field(object, name, JSON_TEXT));
}

/* A plain whole number, up to the most that makes sense. */
static uint64_t json_number(const struct json *object, const char *name, uint64_t most) {
    const struct json *field = json_field(object, name, JSON_OTHER);
    uint64_t number = 0;
    for (size_t i = 0; i < field->length; i++) {
        unsigned digit = (unsigned)(field->text[i] - '0');
        number = number * 10 + digit;
        if (digit > 9 || number > most) {
            die("field \"%s\": %.*s is no number up to %llu", name, (int)field->length,
                field->text, (unsigned long long)most);
        }
    }
    return number;
}

static uint32_t json_flag(const struct json *object, const char *name) {
    const struct json *field = json_field(object, name, JSON_OTHER);
    if (!json_is(field, "true") && !json_is(field, "false")) {
        die("field \"%s\": %.*s is neither true nor false", name, (int)field->length, field->text);
    }
    return json_is(field, "true") ? 1 : 0;
}

/* The index of a text among these words, the last of which is followed by NULL. */
static uint32_t json_word(const struct json *value, const char *const *words) {
    for (uint32_t i = 0; words[i]; i++) {
        if (json_is(value, words[i])) {
            return i;
        }
    }
    die("\"%.*s\": %.*s is unknown", (int)value->name_length, value->name, (int)value->length,
        value->text);
}

#endif
