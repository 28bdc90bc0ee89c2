package io.nodelifecycle.distribution;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that mounts, in a namespace of its own, and changes its root folder: for root on Linux.
 * Elsewhere it does not run, and the build says so in one line.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MountsCondition.class)
@interface NeedsMounts {}
