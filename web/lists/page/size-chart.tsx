import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";

interface SizeChartProps {
  readonly points: readonly { readonly day: string; readonly members: number }[];
}

const HEIGHT = 220;

/** The size of a list day by day. Decoration: the table behind it says the same. */
export function SizeChart({ points }: SizeChartProps) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  return (
    <div aria-hidden>
      <AreaChart
        h={HEIGHT}
        data={points.map(({ day, members }) => ({ day, members }))}
        dataKey="day"
        series={[{ name: "members", label: t("members"), color: "var(--bar)" }]}
        curveType="linear"
        withDots={points.length < 2}
        fillOpacity={0.12}
        withGradient={false}
        strokeWidth={2}
        gridAxis="x"
        tickLine="none"
        valueFormatter={format.number}
        yAxisProps={{ allowDecimals: false, width: 56 }}
        xAxisProps={{ tickFormatter: (day: string) => format.day(day), minTickGap: 40 }}
        tooltipProps={{ labelFormatter: (day) => (typeof day === "string" ? format.date(day) : "") }}
        areaProps={{ isAnimationActive: false }}
        areaChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}
