package io.nodelifecycle.runtime;

/**
 * What a {@link ControlCycle} acts through.
 *
 * @param sender carries requests out
 * @param leadership nothing is sent without it
 * @param events aggregates events and limits them
 * @param announcements tells people
 */
public record Outlets(
    RequestSender sender,
    Leadership leadership,
    EventFilter events,
    AnnouncementSink announcements) {}
