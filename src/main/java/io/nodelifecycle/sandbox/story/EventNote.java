package io.nodelifecycle.sandbox.story;

/**
 * What the story sees of an event.
 *
 * @param uid the uid of the object it is about; a node's name where a node is meant
 * @param name the name of that object
 * @param reason its reason
 * @param message its message
 */
public record EventNote(String uid, String name, String reason, String message) {}
