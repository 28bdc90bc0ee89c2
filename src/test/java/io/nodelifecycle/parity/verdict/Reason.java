package io.nodelifecycle.parity.verdict;

/**
 * Why a difference is intended.
 *
 * @param section the section of the contract
 * @param why what the program does otherwise, in a sentence
 * @param isSteady whether it happens in every run; if not, it does not count for the verdict
 */
public record Reason(String section, String why, boolean isSteady) {}
